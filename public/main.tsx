/** The explorer: begins with the page that its address names. Styles of pages come after those of all. */
import './styles/base.css';
import './styles/shell.css';
import './styles/parts.css';
import './styles/charts.css';
import './styles/pages.css';
import { render } from 'preact';
import { App } from './shell/app';

const page = document.getElementById('page');
if (page) render(<App />, page);
